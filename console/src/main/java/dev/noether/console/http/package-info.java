/** The HTTP server of the console: routes, checks and headers, files, and streams of events. */
@NullMarked
package dev.noether.console.http;

import org.jspecify.annotations.NullMarked;
