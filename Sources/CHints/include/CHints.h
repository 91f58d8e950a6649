#pragma once

// Asks the processor to fetch the cache line at an address that will be read soon. Swift has no word
// for it.
static inline void bight_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }
