/** How long one inference takes: measured here, never mixed with estimates. */
@NullMarked
package org.finchnas.mobile.latency;

import org.jspecify.annotations.NullMarked;
