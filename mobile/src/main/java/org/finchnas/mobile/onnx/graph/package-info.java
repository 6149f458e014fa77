/** Inference graphs as ONNX graphs, and what every ONNX file of Finch has. */
@NullMarked
package org.finchnas.mobile.onnx.graph;

import org.jspecify.annotations.NullMarked;
