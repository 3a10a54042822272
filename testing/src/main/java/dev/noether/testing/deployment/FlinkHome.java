package dev.noether.testing.deployment;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A folder that looks like the Flink image's {@code /opt/flink}: Flink's jars in {@code lib/}, ours as they are
 * mounted.
 */
public final class FlinkHome {
    /** Libraries in {@code flink-dist}, and the logging libraries, by the beginnings of their file names. */
    private static final List<String> BUNDLED = List.of(
            "flink-",
            "kryo-",
            "minlog-",
            "reflectasm-",
            "frocksdbjni-",
            "objenesis-",
            "commons-collections-",
            "commons-cli-",
            "commons-io-",
            "commons-lang3-",
            "commons-math3-",
            "commons-text-",
            "commons-compress-",
            "RoaringBitmap-",
            "javassist-",
            "snappy-java-",
            "lz4-java-",
            "snakeyaml-engine-",
            "async-profiler-",
            "slf4j-api-",
            "log4j-");

    private static final List<String> NOT_BUNDLED =
            List.of("flink-connector-base-", "flink-connector-kafka-", "flink-test-utils");

    private final Path folder;

    private FlinkHome(Path folder) {
        this.folder = folder;
    }

    /** Lays out the folder with the libraries of the own class path. */
    public static FlinkHome create(Path folder) {
        try {
            Path libraries = Files.createDirectories(folder.resolve("lib"));
            Files.createDirectories(folder.resolve("usrlib"));
            Files.createDirectories(folder.resolve("plugins"));
            for (String jar : classPath()) {
                if (isBundled(jar)) {
                    Path file = Path.of(jar).toAbsolutePath();
                    Path link = libraries.resolve(file.getFileName());
                    if (!Files.exists(link)) {
                        Files.createSymbolicLink(link, file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lay out " + folder, e);
        }
        return new FlinkHome(folder);
    }

    /** The folder that stands for {@code /opt/flink}. */
    public Path folder() {
        return folder;
    }

    /** Shows a file, or the files of a folder, at a path below this folder, as a container's mount does. */
    public void mount(Path source, String relative) {
        Path target = folder.resolve(relative);
        try {
            if (Files.isDirectory(source)) {
                Files.createDirectories(target);
                try (Stream<Path> files = Files.list(source)) {
                    for (Path file : files.toList()) {
                        Files.createSymbolicLink(target.resolve(file.getFileName()), file.toAbsolutePath());
                    }
                }
            } else {
                Files.createSymbolicLink(target, source.toAbsolutePath());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot show " + source + " at " + target, e);
        }
    }

    /** Packs classes into a jar below this folder, with their nested classes and one service entry if wanted. */
    public void addJar(String relative, List<Class<?>> classes, String service, String provider) {
        Path jar = folder.resolve(relative);
        try {
            Files.createDirectories(jar.getParent());
            try (JarOutputStream archive = new JarOutputStream(Files.newOutputStream(jar))) {
                for (Class<?> type : classes) {
                    addWithNested(archive, type);
                }
                if (!service.isEmpty()) {
                    archive.putNextEntry(new JarEntry("META-INF/services/" + service));
                    archive.write(provider.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    archive.closeEntry();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + jar, e);
        }
    }

    /** The own class path, entry by entry. */
    public static List<String> classPath() {
        return Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    }

    private static boolean isBundled(String jar) {
        String name = Path.of(jar).getFileName().toString();
        return name.endsWith(".jar")
                && !name.endsWith("-tests.jar")
                && BUNDLED.stream().anyMatch(name::startsWith)
                && NOT_BUNDLED.stream().noneMatch(name::startsWith);
    }

    private static void addWithNested(JarOutputStream archive, Class<?> type) throws IOException {
        Path own = Path.of(type.getName().replace('.', '/') + ".class");
        Path root;
        try {
            root = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IOException("cannot find " + type, e);
        }
        try (Stream<Path> files = Files.list(root.resolve(own).getParent())) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.equals(type.getSimpleName() + ".class") || name.startsWith(type.getSimpleName() + "$")) {
                    archive.putNextEntry(new JarEntry(root.relativize(file).toString()));
                    archive.write(Files.readAllBytes(file));
                    archive.closeEntry();
                }
            }
        }
    }
}
