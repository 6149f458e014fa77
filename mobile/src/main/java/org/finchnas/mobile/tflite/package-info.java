/** TensorFlow Lite files of schema version 3: written, sealed and run. */
@NullMarked
package org.finchnas.mobile.tflite;

import org.jspecify.annotations.NullMarked;
