package dev.noether.cli.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits the lines of a file into cells at one separator: a comma, a semicolon or a tab, whichever the header has most
 * often. A cell may be quoted with {@code "}; two quotes within it stand for one. White space around a cell is removed.
 * Not thread-safe.
 */
final class CellSplitter {
    private static final char QUOTE = '"';
    private static final char[] SEPARATORS = {',', ';', '\t'};

    private final char separator;
    private final List<String> cells = new ArrayList<>();

    private CellSplitter(char separator) {
        this.separator = separator;
    }

    /** Makes a splitter for the lines below a header. */
    static CellSplitter of(String header) {
        char best = SEPARATORS[0];
        for (char candidate : SEPARATORS) {
            best = count(header, candidate) > count(header, best) ? candidate : best;
        }
        return new CellSplitter(best);
    }

    /**
     * Splits a line.
     *
     * @return the cells; the next call overwrites the list
     * @throws IllegalArgumentException if a quoted cell does not end before a separator or the end of the line
     */
    List<String> split(String line) {
        cells.clear();
        int start = 0;
        while (start >= 0) {
            start = addCell(line, start);
        }
        return cells;
    }

    /** Adds the cell at a position; returns the position of the next cell, or -1 after the last. */
    private int addCell(String line, int start) {
        int first = start;
        while (first < line.length() && line.charAt(first) == ' ') {
            first++;
        }
        if (first < line.length() && line.charAt(first) == QUOTE) {
            return addQuoted(line, first);
        }
        int end = line.indexOf(separator, start);
        cells.add(line.substring(start, end < 0 ? line.length() : end).strip());
        return end < 0 ? -1 : end + 1;
    }

    private int addQuoted(String line, int first) {
        StringBuilder cell = new StringBuilder();
        int position = first + 1;
        while (true) {
            int quote = line.indexOf(QUOTE, position);
            if (quote < 0) {
                throw new IllegalArgumentException("a quote is not closed, expected `\"` at the end of the value");
            }
            cell.append(line, position, quote);
            position = quote + 1;
            if (position == line.length() || line.charAt(position) != QUOTE) {
                break;
            }
            cell.append(QUOTE);
            position++;
        }
        cells.add(cell.toString().strip());
        int end = line.indexOf(separator, position);
        if (!line.substring(position, end < 0 ? line.length() : end).isBlank()) {
            throw new IllegalArgumentException("text follows a quoted value, expected a separator");
        }
        return end < 0 ? -1 : end + 1;
    }

    private static int count(String line, char character) {
        int count = 0;
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            isQuoted ^= line.charAt(i) == QUOTE;
            count += !isQuoted && line.charAt(i) == character ? 1 : 0;
        }
        return count;
    }
}
