/** The same networks trained with LibTorch. */
@NullMarked
package org.finchnas.benchmarks.libtorch;

import org.jspecify.annotations.NullMarked;
