/** A learned predictor of results that knows how sure it is. */
@NullMarked
package org.finchnas.evolution.surrogate;

import org.jspecify.annotations.NullMarked;
