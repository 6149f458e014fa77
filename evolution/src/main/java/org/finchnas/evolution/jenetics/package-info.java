/** All that is Jenetics': genotypes, operators, selection and ranking. */
@NullMarked
package org.finchnas.evolution.jenetics;

import org.jspecify.annotations.NullMarked;
