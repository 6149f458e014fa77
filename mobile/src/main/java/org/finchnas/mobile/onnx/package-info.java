/** ONNX files: written with the format's own protobuf messages, run with ONNX Runtime. */
@NullMarked
package org.finchnas.mobile.onnx;

import org.jspecify.annotations.NullMarked;
