/** ONNX Runtime: how it is started, and graphs run for what each of their nodes computes. */
@NullMarked
package org.finchnas.mobile.onnx.runtime;

import org.jspecify.annotations.NullMarked;
