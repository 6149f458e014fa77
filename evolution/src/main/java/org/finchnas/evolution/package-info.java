/** Search strategies: state machines that are asked for candidates and told results. */
@NullMarked
package org.finchnas.evolution;

import org.jspecify.annotations.NullMarked;
