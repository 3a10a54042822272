/** The store of the console: an SQLite file that is filled from the topics and can be made again from them. */
@NullMarked
package dev.noether.console.store;

import org.jspecify.annotations.NullMarked;
