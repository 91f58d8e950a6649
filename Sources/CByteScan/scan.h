// 64 bytes to 64 bits. Swift's vectors have no way from a comparison to a bit mask; clang's have, on
// every processor it knows (on the oldest x86-64: four comparisons and four `pmovmskb`).
#include <stdint.h>
#include <string.h>

typedef uint8_t scan_bytes __attribute__((ext_vector_type(64)));
typedef _Bool scan_bits __attribute__((ext_vector_type(64)));

/// Bit i says whether `from[i]` is `byte`.
static inline uint64_t scan_equal(const uint8_t *from, uint8_t byte) {
  scan_bytes all;
  memcpy(&all, from, 64);
  scan_bits equal = __builtin_convertvector(all == (scan_bytes)byte, scan_bits);
  uint64_t mask;
  memcpy(&mask, &equal, 8);
  return mask;
}

/// Whether any of 64 bytes is 128 or more.
static inline uint64_t scan_high(const uint8_t *from) {
  uint64_t words[8], high = 0;
  memcpy(words, from, 64);
  for (int i = 0; i < 8; i++) high |= words[i];
  return high & 0x8080808080808080;
}
