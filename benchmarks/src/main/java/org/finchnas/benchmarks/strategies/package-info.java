/** Search strategies beside published ones. */
@NullMarked
package org.finchnas.benchmarks.strategies;

import org.jspecify.annotations.NullMarked;
