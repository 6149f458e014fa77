/**
 * A network as a Deeplearning4j graph of Finch's own layers, which run ND4J operations on
 * channels-last arrays.
 */
@NullMarked
package org.finchnas.worker.graph;

import org.jspecify.annotations.NullMarked;
