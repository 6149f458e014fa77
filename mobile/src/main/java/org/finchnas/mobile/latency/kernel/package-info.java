/** The kernels that a network is at inference, after fusion: what its latency is a sum over. */
@NullMarked
package org.finchnas.mobile.latency.kernel;

import org.jspecify.annotations.NullMarked;
