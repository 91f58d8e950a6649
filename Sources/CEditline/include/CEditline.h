#ifndef BIGHT_CEDITLINE_H
#define BIGHT_CEDITLINE_H
#include <stdio.h>
#include <histedit.h>
#endif
