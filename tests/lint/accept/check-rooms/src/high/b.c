#include <stdio.h>

#include "low/a.h"
