@NullMarked
package org.finchnas.worker.training;

import org.jspecify.annotations.NullMarked;
