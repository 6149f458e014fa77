/** What a search is asked to do: read from YAML, checked as a whole, written with every default. */
@NullMarked
package org.finchnas.coordinator.config;

import org.jspecify.annotations.NullMarked;
