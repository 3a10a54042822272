package dev.noether.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as spreadsheets, databases and monitoring tools write them, and files that would exhaust the memory. */
class StreamReaderTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1714521600 | SECONDS | 2024-05-01T00:00:00Z",
                "1714521600.25 | SECONDS | 2024-05-01T00:00:00.250Z",
                "1.7145216E9 | SECONDS | 2024-05-01T00:00:00Z",
                "1714521600250 | MILLISECONDS | 2024-05-01T00:00:00.250Z",
                "1714521600250999 | MICROSECONDS | 2024-05-01T00:00:00.250Z",
                "1714521600250999999 | NANOSECONDS | 2024-05-01T00:00:00.250Z",
                "2024-05-01T00:00:00Z | DATES_WITH_ZONE | 2024-05-01T00:00:00Z",
                "2024-05-01T02:00:00.25+02:00 | DATES_WITH_ZONE | 2024-05-01T00:00:00.250Z",
                "2024-05-01 02:00:00 +0200 | DATES_WITH_ZONE | 2024-05-01T00:00:00Z",
                "2024-05-01 02:00:00+02 | DATES_WITH_ZONE | 2024-05-01T00:00:00Z",
                "2024-05-01 00:00:00 UTC | DATES_WITH_ZONE | 2024-05-01T00:00:00Z",
                "2024-05-01T02:00:00+02:00[Europe/Berlin] | DATES_WITH_ZONE | 2024-05-01T00:00:00Z",
                "2024-05-01T00:00:00.123456789 | DATES_WITHOUT_ZONE | 2024-05-01T00:00:00.123Z",
                "2024-05-01 00:00 | DATES_WITHOUT_ZONE | 2024-05-01T00:00:00Z",
                "2024/5/1 7:30 | DATES_WITHOUT_ZONE | 2024-05-01T07:30:00Z",
                "2024-05-01 | DATES_WITHOUT_ZONE | 2024-05-01T00:00:00Z",
                "1440 | MINUTES | 1970-01-02T00:00:00Z",
                "1440.0 | MINUTES | 1970-01-02T00:00:00Z",
            })
    void timesAreRecognised(String text, TimeFormat format, String time) throws IOException {
        try (StreamReader reader = StreamReader.open(file("timestamp,x\n" + text + ",1\n"))) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.timeFormat()).isEqualTo(format);
            assertThat(reader.time()).isEqualTo(Instant.parse(time).toEpochMilli());
            assertThat(reader.mark()).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "01/05/2024",
                "2024-13-01",
                "2024-02-30 00:00:00",
                "2024-05-01T25:00:00",
                "1E999999999",
                "1E-999999999",
                "-1714521600",
                "99999999999999999999",
                "NaN",
                "",
                "2024-05-01 00:00:00+99:00",
            })
    void whatIsNoTimeIsRefused(String text) throws IOException {
        assertThatThrownBy(() -> LabelledSeries.read(file("time,x\n" + text + ",1\n")))
                .isInstanceOf(StreamDataException.class)
                .hasMessageContaining("line 2: `time` is `" + text + "`, expected ");
    }

    @Test
    void separatorsQuotesAndByteOrderMarksAreRecognised() throws IOException {
        String semicolons = "\uFEFF\"Timestamp\";\"cpu, total\";label\r\n2024-05-01;\"1.5\";0\r\n\r\n2024-05-02;;1\r\n";
        LabelledSeries series = LabelledSeries.read(file(semicolons));
        assertThat(series.featureNames()).containsExactly("cpu, total");
        assertThat(series.rows()).containsExactly(1.5f, Float.NaN);
        assertThat(series.labels()).containsExactly(false, true);
        assertThat(LabelledSeries.read(file("x\tt\ty\r1\t5\t\"2\"\r3\t6\tNaN\r"))
                        .rows())
                .containsExactly(1, 2, 3, Float.NaN);
        assertThat(LabelledSeries.read(file("t,\"say \"\"x\"\"\",y\n0,1,null\n"))
                        .featureNames())
                .containsExactly("say \"x\"", "y");
    }

    @Test
    void otherEncodingsAreNamed() throws IOException {
        assertThatThrownBy(() -> StreamReader.open(file("t,x\n0,1\n", StandardCharsets.UTF_16)))
                .hasMessageEndingWith("a.csv is UTF-16 text, expected UTF-8");
        assertThatThrownBy(() -> StreamReader.open(file("t,\u00e4\n0,1\n", StandardCharsets.ISO_8859_1)))
                .hasMessageEndingWith("a.csv line 1: this is not UTF-8 text, expected UTF-8");
    }

    /** A line of 200 million characters in an archive of 200 kB. */
    @Test
    void aLineThatIsLargerThanTheMemoryIsRefused() throws IOException {
        Path file = folder.resolve("bomb.csv.gz");
        byte[] block = "1".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (OutputStream output = new GZIPOutputStream(Files.newOutputStream(file))) {
            output.write("t,x\n0,".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 200; i++) {
                output.write(block);
            }
        }
        assertThatThrownBy(() -> LabelledSeries.read(file))
                .isInstanceOf(StreamDataException.class)
                .hasMessage(file + " line 2: more than 1048576 characters, expected shorter lines");
    }

    @Test
    void moreRowsThanTheMemoryHoldsAreRefused() throws IOException {
        StringBuilder text = new StringBuilder("t,x,y\n");
        for (int i = 0; i < 10_000; i++) {
            text.append(i).append(",1,2\n");
        }
        Path file = file(text.toString());
        assertThat(LabelledSeries.read(file, 10_000 * 96).length()).isEqualTo(10_000);
        assertThatThrownBy(() -> LabelledSeries.read(file, 9_999 * 96))
                .isInstanceOf(StreamDataException.class)
                .hasMessage(file + ": more than 9999 rows of 2 features, expected a file that fits into the memory;"
                        + " NOETHER_HEAP sets its size");
    }

    private Path file(String text) throws IOException {
        return file(text, StandardCharsets.UTF_8);
    }

    private Path file(String text, Charset charset) throws IOException {
        return Files.write(folder.resolve("a.csv"), text.getBytes(charset));
    }
}
