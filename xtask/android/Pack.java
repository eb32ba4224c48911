import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Puts an APK together: all that aapt2 linked, and the files of a folder. Usage: Pack OUT LINKED FOLDER.
 *
 * Libraries are stored, since Android maps them where they lie, and every stored entry asks for its place on a page of 16 KiB: apksigner
 * goes by that field and would else take the 4 KiB of old. No time of this machine gets in.
 */
class Pack {
    /** Android's field for an entry's alignment: id 0xd935, two bytes long, 16384. */
    private static final byte[] ALIGNMENT = {0x35, (byte) 0xd9, 2, 0, 0, 0x40};

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[2]);
        try (OutputStream file = Files.newOutputStream(Path.of(arguments[0]));
                ZipOutputStream out = new ZipOutputStream(file);
                ZipFile linked = new ZipFile(arguments[1]);
                Stream<Path> below = Files.walk(folder)) {
            for (ZipEntry entry : Collections.list(linked.entries())) {
                add(out, entry.getName(), linked.getInputStream(entry).readAllBytes(), entry.getMethod());
            }
            List<Path> files = below.filter(Files::isRegularFile).sorted().toList();
            for (Path path : files) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                add(out, name, Files.readAllBytes(path), name.startsWith("lib/") ? ZipEntry.STORED : ZipEntry.DEFLATED);
            }
        }
    }

    private static void add(ZipOutputStream out, String name, byte[] content, int method) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        if (method == ZipEntry.STORED) {
            CRC32 sum = new CRC32();
            sum.update(content);
            entry.setCrc(sum.getValue());
            entry.setSize(content.length);
            entry.setExtra(ALIGNMENT);
        }
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
