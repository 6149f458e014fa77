/** What files of each format and precision cost in agreement, accuracy and bytes. */
@NullMarked
package org.finchnas.benchmarks.export;

import org.jspecify.annotations.NullMarked;
