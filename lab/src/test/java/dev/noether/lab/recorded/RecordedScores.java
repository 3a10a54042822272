package dev.noether.lab.recorded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Scores of one recorded series in the order of time: those of the held-out end of its history, then those of its test
 * part.
 *
 * @param name of the series
 * @param heldOut normal scores that took no part in training
 * @param test scores of the test part
 * @param labels whether each of them is anomalous
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RecordedScores(String name, float[] heldOut, float[] test, boolean[] labels) {
    /** Reads each series of a folder: files of lines {@code heldout,score} and {@code test,score,label}. */
    static List<RecordedScores> ofFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<RecordedScores> series = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                series.add(read(file));
            }
            return series;
        }
    }

    private static RecordedScores read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int heldOut =
                (int) lines.stream().filter(line -> line.startsWith("heldout")).count();
        float[] calibration = new float[heldOut];
        float[] test = new float[lines.size() - heldOut];
        boolean[] labels = new boolean[test.length];
        for (int i = 0; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            if (i < heldOut) {
                calibration[i] = Float.parseFloat(cells[1]);
            } else {
                test[i - heldOut] = Float.parseFloat(cells[1]);
                labels[i - heldOut] = cells[2].equals("1");
            }
        }
        return new RecordedScores(file.getFileName().toString(), calibration, test, labels);
    }
}
