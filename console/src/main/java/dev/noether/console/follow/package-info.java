/** Reads the topics of a detector into the store, each record once, for as long as the console runs. */
@NullMarked
package dev.noether.console.follow;

import org.jspecify.annotations.NullMarked;
