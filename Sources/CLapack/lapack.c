#include "CLapack.h"
