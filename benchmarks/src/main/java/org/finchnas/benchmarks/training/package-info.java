/** Training speed beside LibTorch. */
@NullMarked
package org.finchnas.benchmarks.training;

import org.jspecify.annotations.NullMarked;
