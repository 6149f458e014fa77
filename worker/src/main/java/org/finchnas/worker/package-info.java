/** Trains networks with Deeplearning4j. */
@NullMarked
package org.finchnas.worker;

import org.jspecify.annotations.NullMarked;
