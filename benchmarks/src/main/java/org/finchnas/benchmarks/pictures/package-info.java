/** From a folder of pictures to verified files with one command. */
@NullMarked
package org.finchnas.benchmarks.pictures;

import org.jspecify.annotations.NullMarked;
