package dev.noether.lab.metric;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The interpretation file of the Server Machine Dataset (Su et al., KDD 2019): one line {@code from-to:features} per
 * event, as in {@code 4629-4688:9,10,11}.
 *
 * <p>Feature numbers start at 1. The authors do not define the row numbers; a comparison with the labels shows that
 * {@code from} is the index of the first row of the event from 0, and {@code to} the index after its last row. Match
 * lines and labels by their start: one end is misprinted (8010 for 8001 on machine-2-3), lines are not always in the
 * order of time, and an event may have no line.
 */
public final class Interpretation {
    private static final Pattern LINE = Pattern.compile("(\\d{1,9})-(\\d{1,9}):(\\d{1,9}(?:,\\d{1,9})*)");

    private Interpretation() {}

    /**
     * Reads a file; blank lines are skipped.
     *
     * @param file file of text in UTF-8
     * @param width number of features
     * @return events in the order of the file
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if a line has another form or a feature that does not exist; the message names
     *     file and line
     */
    public static List<EventCauses> read(Path file, int width) throws IOException {
        List<EventCauses> events = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank()) {
                events.add(parse(line.strip(), width, file + " line " + number));
            }
        }
        return List.copyOf(events);
    }

    private static EventCauses parse(String line, int width, String place) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    place + ": `" + line + "`, expected `from-to:features` like `12-20:1,4`");
        }
        int start = Integer.parseInt(matcher.group(1));
        int end = Integer.parseInt(matcher.group(2));
        if (end <= start) {
            throw new IllegalArgumentException(place + ": the rows " + start + "-" + end + " are none");
        }
        Set<Integer> features = new LinkedHashSet<>();
        for (String feature : matcher.group(3).split(",", -1)) {
            int fromOne = Integer.parseInt(feature);
            if (fromOne < 1 || fromOne > width) {
                throw new IllegalArgumentException(place + ": no feature " + feature + ", expected 1 to " + width);
            }
            features.add(fromOne - 1);
        }
        return new EventCauses(new LabelledEvent(start, end), features);
    }
}
