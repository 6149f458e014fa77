/** What values networks take on images: the measurement that files of eight bits need. */
@NullMarked
package org.finchnas.mobile.calibration;

import org.jspecify.annotations.NullMarked;
