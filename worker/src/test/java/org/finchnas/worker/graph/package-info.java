@NullMarked
package org.finchnas.worker.graph;

import org.jspecify.annotations.NullMarked;
