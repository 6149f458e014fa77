/**
 * Convolutions and matrix products by oneDNN, called directly: on arrays as they lie, with
 * primitives that are prepared once. ND4J's operations copy every map to a layout of oneDNN's and
 * back, and prepare each call anew.
 */
@NullMarked
package org.finchnas.worker.onednn;

import org.jspecify.annotations.NullMarked;
