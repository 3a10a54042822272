/**
 * The reproduction as one self-contained page: the table, curves, maps and the protocol in words. Pictures are SVG made here;
 * nothing is fetched from anywhere. Uses the report and no other package.
 */
@NullMarked
package dev.noether.cli.reproduce.page;

import org.jspecify.annotations.NullMarked;
