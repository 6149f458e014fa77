/** How long sampling, naming and assembling architectures takes. */
@NullMarked
package org.finchnas.benchmarks.space;

import org.jspecify.annotations.NullMarked;
