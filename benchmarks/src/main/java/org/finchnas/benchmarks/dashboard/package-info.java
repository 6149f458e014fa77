/** How fast the live page is, measured in a real browser. */
@NullMarked
package org.finchnas.benchmarks.dashboard;

import org.jspecify.annotations.NullMarked;
