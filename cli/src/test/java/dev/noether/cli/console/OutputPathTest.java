package dev.noether.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPathTest {
    @TempDir
    private Path folder;

    @Test
    void anAbsentOptionIsValid() {
        assertThatCode(() -> {
                    OutputPath.file("--json", null);
                    OutputPath.folder("--out", null);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void missingFoldersAreCreated() {
        OutputPath.folder("--out", folder.resolve("a/b"));
        OutputPath.file("--json", folder.resolve("c/d/report.json"));

        assertThat(folder.resolve("a/b")).isEmptyDirectory();
        assertThat(folder.resolve("c/d")).isEmptyDirectory();
    }

    @Test
    void anExistingFileIsNotChanged() throws IOException {
        Path file = Files.writeString(folder.resolve("report.json"), "{}");

        OutputPath.file("--json", file);

        assertThat(file).hasContent("{}");
    }

    @Test
    void aFolderIsNoFile() {
        assertThatThrownBy(() -> OutputPath.file("--json", folder))
                .isInstanceOf(BadUseException.class)
                .hasMessage("--json must be a file (" + folder + " is a folder)");
    }

    @Test
    void aFileInThePathIsReported() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> OutputPath.folder("--out", file))
                .isInstanceOf(BadUseException.class)
                .hasMessage("--out: the folder " + file + " cannot be created: a file with this name exists");
    }

    @Test
    void theMessageOfAFactoryIsKept() {
        assertThatThrownBy(() -> BadUseException.checked(() -> {
                    throw new IllegalArgumentException("`rate` must be above 0 (got -1)");
                }))
                .isInstanceOf(BadUseException.class)
                .hasMessage("`rate` must be above 0 (got -1)");
        assertThat(BadUseException.checked(() -> 7)).isEqualTo(7);
    }
}
