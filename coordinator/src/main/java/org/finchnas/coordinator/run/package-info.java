/** A search on disk: written so that nothing finished is lost, read so that nothing torn passes. */
@NullMarked
package org.finchnas.coordinator.run;

import org.jspecify.annotations.NullMarked;
