/**
 * The commands and their options: what the user types, checked and handed over.
 */
@NullMarked
package dev.noether.cli.command;

import org.jspecify.annotations.NullMarked;
