@NullMarked
package org.finchnas.worker.proxy;

import org.jspecify.annotations.NullMarked;
