/** Finds the prices of kernels from timings of networks, and how far they can be trusted. */
@NullMarked
package org.finchnas.mobile.latency.fit;

import org.jspecify.annotations.NullMarked;
