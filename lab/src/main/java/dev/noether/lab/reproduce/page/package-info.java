/**
 * The reproduction as one self-contained page: the table, what follows from it, curves, maps, portraits and the protocol in words.
 * Uses {@code cli.report} for all that is drawn, and the report of the reproduction.
 */
@NullMarked
package dev.noether.lab.reproduce.page;

import org.jspecify.annotations.NullMarked;
