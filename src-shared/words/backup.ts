/** What backing up and restoring the register says when it does not do it: what is the matter, what was kept, what to do. */
export const viBackup = {
  'backup.no-register':
    'Cơ sở dữ liệu PostgreSQL này chưa có sổ đăng ký nào. Chưa sao lưu gì; hãy kiểm tra BT1022_DATABASE_URL.',
  'backup.register-not-verified':
    'Sổ đăng ký không qua được kiểm tra chuỗi băm ({problem}). Không có bản sao lưu nào được tạo; hãy giữ nguyên máy chủ, chạy lệnh "verify" và dùng bản sao lưu gần nhất còn tốt.',
  'backup.not-written':
    'Không ghi được vào {place} ({reason}). Không có gì nửa chừng được giữ lại; hãy kiểm tra chỗ trống và quyền ghi rồi chạy lại lệnh này.',
  'backup.backup-missing': 'Không có tệp sao lưu {file}. Chưa phục hồi gì.',
  'backup.backup-without-manifest':
    'Tệp sao lưu {file} thiếu tờ khai {manifest} đi kèm, hoặc tờ khai không đọc được, nên không kiểm tra được từng byte. Chưa phục hồi gì; hãy chép cả hai tệp từ nơi cất giữ.',
  'backup.backup-damaged':
    'Tệp sao lưu {file} không còn nguyên vẹn ({reason}). Chưa phục hồi gì; hãy dùng một bản sao khác của tệp này hoặc bản sao lưu trước đó.',
  'backup.target-exists':
    'Ở chỗ phục hồi đã có {file}. Không ghi đè; hãy dừng máy chủ, chuyển mọi tệp register.sqlite* của thư mục dữ liệu sang nơi khác rồi chạy lại lệnh này.',
  'backup.target-not-empty':
    'Cơ sở dữ liệu PostgreSQL đích không trống (bảng {table}). Không ghi đè; hãy tạo một cơ sở dữ liệu mới, trống, rồi chạy lại lệnh này.',
  'backup.not-verified':
    'Sổ đăng ký sau khi chép sang PostgreSQL không qua được kiểm tra ({side}: {problem}). Không giữ lại gì ở đó; tệp sao lưu vẫn nguyên.',
} as const

export const enBackup: Record<keyof typeof viBackup, string> = {
  'backup.no-register': 'This PostgreSQL database holds no register. Nothing was backed up; check BT1022_DATABASE_URL.',
  'backup.register-not-verified':
    'The register does not verify ({problem}). No backup was made; leave the server as it is, run "verify", and use the latest good backup.',
  'backup.not-written':
    'Could not write into {place} ({reason}). Nothing half-done was kept; check the free space and the rights, and give this command again.',
  'backup.backup-missing': 'There is no backup {file}. Nothing was restored.',
  'backup.backup-without-manifest':
    'The backup {file} has no manifest {manifest} beside it, or one that cannot be read, so its bytes cannot be checked. Nothing was restored; copy both files from where they are kept.',
  'backup.backup-damaged':
    'The backup {file} is not whole any more ({reason}). Nothing was restored; use another copy of it, or the backup before it.',
  'backup.target-exists':
    'There already is {file}. It is not overwritten; stop the server, move all files register.sqlite* of the data folder elsewhere, and give this command again.',
  'backup.target-not-empty':
    'The target database is not empty (table {table}). It is not overwritten; make a new, empty database and give this command again.',
  'backup.not-verified':
    'What was copied into PostgreSQL does not verify ({side}: {problem}). Nothing was kept there; the backup is as it was.',
}
