#ifndef BIGHT_CLAPACK_H
#define BIGHT_CLAPACK_H
#endif
