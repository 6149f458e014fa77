/** Accuracy beside LibTorch. */
@NullMarked
package org.finchnas.benchmarks.accuracy;

import org.jspecify.annotations.NullMarked;
