/** Finds the prices of a device by timing: models to time, what must be said of each, the fit. */
@NullMarked
package org.finchnas.mobile.latency.calibration;

import org.jspecify.annotations.NullMarked;
