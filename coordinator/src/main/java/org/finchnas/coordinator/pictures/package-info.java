/** Chooses the settings of a search for a folder of pictures and the time that it is given. */
@NullMarked
package org.finchnas.coordinator.pictures;

import org.jspecify.annotations.NullMarked;
