/** Measurements. */
@NullMarked
package org.finchnas.benchmarks;

import org.jspecify.annotations.NullMarked;
