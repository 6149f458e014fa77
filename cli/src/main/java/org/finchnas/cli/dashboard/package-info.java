/** A live page of a run, served from this process: the JDK's web server, and server-sent events. */
@NullMarked
package org.finchnas.cli.dashboard;

import org.jspecify.annotations.NullMarked;
