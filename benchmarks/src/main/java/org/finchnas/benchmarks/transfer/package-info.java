/** What it is worth to teach a trained network other classes, and how fast that goes. */
@NullMarked
package org.finchnas.benchmarks.transfer;

import org.jspecify.annotations.NullMarked;
