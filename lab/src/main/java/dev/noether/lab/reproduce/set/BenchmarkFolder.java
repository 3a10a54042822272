package dev.noether.lab.reproduce.set;

import dev.noether.cli.console.BadUseException;
import dev.noether.lab.data.IdxFile;
import dev.noether.lab.data.RowNormalization;
import dev.noether.lab.data.RowSplit;
import dev.noether.lab.data.SeriesDataException;
import dev.noether.lab.data.UcrFile;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.model.series.SeriesSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of sets: UCR files {@code NAME_TRAIN.tsv} and {@code NAME_TEST.tsv}, or the same with {@code .gz}, in the
 * folder itself or in its sub-folder {@code ucr}, in either place in a folder {@code NAME} of their own or not, as the
 * archive has them; MNIST's four files in the folder itself or in {@code mnist}.
 *
 * <p>Series are z-normalised one by one where the set does not come so. A set without a test file gives a third of its
 * training rows, always the same ones, as the test part.
 */
public final class BenchmarkFolder {
    /** MNIST by its name. */
    public static final String MNIST = "MNIST";

    private static final String TRAINING = "_TRAIN";
    private static final String TEST = "_TEST";
    private static final List<String> ENDINGS = List.of(".tsv.gz", ".tsv");
    private static final double OWN_TEST_SHARE = 1.0 / 3;
    private static final long OWN_SPLIT_SEED = 20_211;
    private static final int LEAST_ROWS = 2;

    private final Path folder;
    private final int mostRows;

    /**
     * A folder.
     *
     * @param mostRows larger training sets are reduced to this number of rows, drawn once with a fixed seed
     * @throws BadUseException if there is no such folder
     */
    public BenchmarkFolder(Path folder, int mostRows) {
        if (!Files.isDirectory(folder)) {
            throw new BadUseException("the folder " + folder + " does not exist");
        }
        if (mostRows < LEAST_ROWS) {
            throw new BadUseException("--rows must be at least " + LEAST_ROWS + " (got " + mostRows + ")");
        }
        this.folder = folder;
        this.mostRows = mostRows;
    }

    /** The names of all sets in the folder, in alphabetical order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (Path place : List.of(folder, folder.resolve("ucr"))) {
            for (Path entry : entries(place)) {
                String file = entry.getFileName().toString();
                if (Files.isDirectory(entry)) {
                    find(file).ifPresent(training -> names.add(file));
                } else {
                    ENDINGS.stream()
                            .map(ending -> TRAINING + ending)
                            .filter(file::endsWith)
                            .forEach(ending -> names.add(file.substring(0, file.length() - ending.length())));
                }
            }
        }
        if (Files.exists(mnist("train-images-idx3-ubyte.gz"))) {
            names.add(MNIST);
        }
        return names.stream().distinct().sorted().toList();
    }

    private static List<Path> entries(Path place) {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(place)) {
            return entries.toList();
        } catch (IOException exception) {
            throw new BadUseException("the folder " + place + " cannot be read: " + exception.getMessage());
        }
    }

    /**
     * Reads a set.
     *
     * @throws BadUseException if it is not there, a file is not of its form (ragged rows, missing values), or it has
     *     fewer rows or shorter ones than the protocol needs
     */
    public BenchmarkSet read(String name) {
        try {
            return checked(name.equals(MNIST) ? images() : series(name));
        } catch (SeriesDataException exception) {
            throw new BadUseException("the set " + name + " cannot be used: " + exception.getMessage());
        }
    }

    private BenchmarkSet series(String name) {
        List<String> notes = new ArrayList<>();
        Path trainFile = found(name);
        SeriesSet train = UcrFile.read(trainFile).series();
        Optional<Path> testFile = first(name, TEST, Stream.of(trainFile.resolveSibling("")));
        SeriesSet test;
        if (testFile.isPresent()) {
            test = UcrFile.read(testFile.get()).series();
            if (test.length() != train.length()) {
                throw new BadUseException(
                        "the set %s cannot be used: its training series have %d values, its test series %d"
                                .formatted(name, train.length(), test.length()));
            }
        } else {
            requireRows(name, train.count(), LEAST_ROWS + 1);
            RowSplit split = RowSplit.of(train, OWN_TEST_SHARE, OWN_SPLIT_SEED);
            train = split.remainder();
            test = split.sample();
            notes.add("has no test file, so that a fixed third of its training file (%d rows) is the test part"
                    .formatted(test.count()));
        }
        if (!RowNormalization.isNormalized(train)) {
            train = RowNormalization.normalized(train);
            test = RowNormalization.normalized(test);
            notes.add("was z-normalised: each series has mean 0 and standard deviation 1");
        }
        return new BenchmarkSet(name, cut(train, notes), test, true, notes);
    }

    /** MNIST on [−1, 1], the scale that fits the paper's numbers; see the note of the set. */
    private BenchmarkSet images() {
        List<String> notes =
                new ArrayList<>(List.of("has pixels on [−1, 1]. The paper does not state its scale. On [0, 1]"
                        + " its plain autoencoder (12.01) would be worse than a black image (11.40); on [−1, 1] it lies"
                        + " between principal components (13.63) and a well-trained network, so that [−1, 1] is more"
                        + " likely"));
        SeriesSet train = IdxFile.images(mnist("train-images-idx3-ubyte.gz"), -1, 1);
        SeriesSet test = IdxFile.images(mnist("t10k-images-idx3-ubyte.gz"), -1, 1);
        return new BenchmarkSet(MNIST, cut(train, notes), test, false, notes);
    }

    private SeriesSet cut(SeriesSet train, List<String> notes) {
        if (train.count() <= mostRows) {
            return train;
        }
        notes.add(
                "only %,d of its %,d training rows, drawn once, take part (--rows)".formatted(mostRows, train.count()));
        return RowSplit.of(train, (double) mostRows / train.count(), OWN_SPLIT_SEED)
                .sample();
    }

    private static BenchmarkSet checked(BenchmarkSet set) {
        requireRows(set.name(), set.train().count(), LEAST_ROWS);
        if (set.train().length() < Protocol.CODE_SIZE) {
            throw new BadUseException("the set %s cannot be used: its rows have %d values, fewer than the code of %d"
                    .formatted(set.name(), set.train().length(), Protocol.CODE_SIZE));
        }
        return set;
    }

    private static void requireRows(String name, int rows, int least) {
        if (rows < least) {
            throw new BadUseException(
                    "the set %s cannot be used: it has %d training %s, expected at least %d, so that some can"
                                    .formatted(name, rows, rows == 1 ? "row" : "rows", least)
                            + " be held out for validation");
        }
    }

    private Path found(String name) {
        return find(name)
                .orElseThrow(() -> new BadUseException(
                        "no set " + name + " in " + folder + "; the sets there are " + String.join(", ", names())));
    }

    private Optional<Path> find(String name) {
        Path inside = folder.resolve("ucr");
        return first(name, TRAINING, Stream.of(inside, folder, inside.resolve(name), folder.resolve(name)));
    }

    private static Optional<Path> first(String name, String part, Stream<Path> places) {
        return places.flatMap(place -> ENDINGS.stream().map(ending -> place.resolve(name + part + ending)))
                .filter(Files::exists)
                .findFirst();
    }

    private Path mnist(String file) {
        Path inside = folder.resolve("mnist").resolve(file);
        return Files.exists(inside) ? inside : folder.resolve(file);
    }
}
