/** What a phone sees: export, verification, latency. */
@NullMarked
package org.finchnas.mobile;

import org.jspecify.annotations.NullMarked;
