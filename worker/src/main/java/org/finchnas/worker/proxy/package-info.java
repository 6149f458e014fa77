/** Zero-cost proxies: what a fresh network tells of how it will train. */
@NullMarked
package org.finchnas.worker.proxy;

import org.jspecify.annotations.NullMarked;
