/** Eight bits: ranges of activations, and the numbers that stand for them. */
@NullMarked
package org.finchnas.mobile.quantization;

import org.jspecify.annotations.NullMarked;
