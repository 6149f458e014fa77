/** An inference graph as the operators, tensors and buffers of TensorFlow Lite. */
@NullMarked
package org.finchnas.mobile.tflite.graph;

import org.jspecify.annotations.NullMarked;
